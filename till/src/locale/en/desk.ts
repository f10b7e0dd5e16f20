// Tickets that wait in the store, practice, keys and camera.
import type { Dictionary } from '../types.ts'
import type { desk as spanish } from '../es/desk.ts'

export const desk: Pick<Dictionary, keyof typeof spanish> = {
  'waiting.title': 'Parked tickets',
  'waiting.none': 'No ticket waits in this store.',
  'waiting.here': 'This till',
  'waiting.who': '{till} · {name}',
  'waiting.asking': 'Asking {till} for the ticket…',
  'waiting.taken': 'A parked ticket went to {till}.',
  'waiting.silent': '{till} does not answer and may be charging it: go on there.',
  'waiting.gone': 'That ticket was charged.',
  'waiting.no_answer': 'Without the server a ticket of another till cannot be brought here.',
  'practice.begin': 'Practice mode',
  'practice.band': 'PRACTICE MODE',
  'practice.says': 'Nothing is charged, sent or kept.',
  'practice.leave': 'Leave and erase',
  'approve.practice': 'Enter practice mode',
  'camera.title': 'Scan with the camera',
}
