// Tickets that wait in the store, practice, keys and camera.
export const desk = {
  'waiting.title': 'Tickets en espera',
  'waiting.none': 'Ningún ticket espera en esta tienda.',
  'waiting.here': 'Esta caja',
  'waiting.who': '{till} · {name}',
  'waiting.asking': 'Pidiendo el ticket a {till}…',
  'waiting.taken': 'Un ticket en espera pasó a {till}.',
  'waiting.silent': '{till} no responde y puede estar cobrándolo: siga allí.',
  'waiting.gone': 'Ese ticket ya se cobró.',
  'waiting.no_answer': 'Sin servidor, un ticket de otra caja no se puede traer.',
  'practice.begin': 'Modo práctica',
  'practice.band': 'MODO PRÁCTICA',
  'practice.says': 'Nada se cobra, nada se envía, nada queda.',
  'practice.leave': 'Salir y borrar',
  'approve.practice': 'Entrar en modo práctica',
  'camera.title': 'Escanear con la cámara',
} as const
