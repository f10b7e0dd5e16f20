// Pairing, people and PINs, and what the browser allows or refuses.
export const start = {
  'prefs.title': 'Preferencias',
  'prefs.language': 'Idioma',
  'prefs.theme': 'Aspecto',
  'prefs.theme_light': 'Claro',
  'prefs.theme_dark': 'Oscuro',
  'prefs.theme_system': 'Como el sistema',
  'prefs.sound': 'Sonido',
  'prefs.large': 'Letra grande',
  'prefs.edges': 'Bordes marcados',
  'prefs.density': 'Teclas de producto',
  'prefs.density_normal': 'Normales',
  'prefs.density_compact': 'Compactas',
  'prefs.paper': 'Ancho del papel',
  'prefs.paper_58': '58 mm',
  'prefs.paper_80': '80 mm',
  'prefs.print_auto': 'Imprimir al cobrar',
} as const
