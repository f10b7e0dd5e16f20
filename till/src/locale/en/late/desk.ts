import type { desk as spanish } from '../../es/late/desk.ts'
import type { Dictionary } from '../../types.ts'

// Tickets that wait in the store, practice, keys and camera.
export const desk: Pick<Dictionary, keyof typeof spanish> = {
  'practice.paper': 'PRACTICE - NO VALUE',
  'keys.press': 'Press the new key. Esc keeps the one it has.',
  'keys.change': 'Change the key of “{act}”: {key}',
  'keys.reset': 'Back to the standard keys',
  'keys.refused.browser': 'That key belongs to the browser. Choose another.',
  'keys.refused.fixed': 'That key always does the same at the till. Choose another.',
  'keys.refused.writes': 'That key writes: it begins a search. Choose another, or press it with Ctrl.',
  'keys.refused.taken': '“{act}” has it already. Choose another.',
  'camera.aim': 'Hold the code inside the frame. Each one goes on the ticket by itself.',
  'camera.opening': 'Opening the camera…',
  'camera.more': 'One more',
  'camera.light': 'Light',
  'camera.other': 'Other camera',
  'camera.again': 'Try again',
  'camera.rests': 'The camera went off: it has read nothing for a while.',
  'camera.on': 'Turn on',
  'camera.no.insecure': 'Browsers give the camera only over https or on localhost. Open the till at its https address.',
  'camera.no.none': 'This device has no camera. Connect one, or use a barcode scanner.',
  'camera.no.refused': 'The browser may not use the camera. Press the padlock beside the address, allow the camera and try again.',
  'camera.no.busy': 'Another program is using the camera. Close it and try again.',
  'camera.no.reader': 'What reads the codes did not start. Update the browser, or use a barcode scanner.',
  'camera.no.other': 'The camera stopped answering. Try again.',
}
