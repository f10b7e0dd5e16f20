import type { Dictionary } from '../types.ts'
import type { start as spanish } from '../es/start.ts'

// Pairing, people and PINs, and what the browser allows or refuses.
export const start: Pick<Dictionary, keyof typeof spanish> = {
  'app.name': 'Mostrador',
  'app.loading': 'Opening the till',

  'pair.title': 'Pair this till',
  'pair.intro': 'Type the code shown in the office, under “Tills”.',
  'pair.code': 'Code',
  'pair.submit': 'Pair',
  'pair.working': 'Pairing',
  'pair.unknown': 'That code does not exist. Check it in the office.',
  'pair.used': 'That code was used or has expired. Ask the office for another.',
  'pair.too_many': 'Too many tries. Wait a minute and type it again.',
  'pair.no_server': 'No server. Pairing needs the network; check the connection and try again.',
  'pair.again': 'Pair again',
  'pair.revoked': 'This till was unpaired in the office.',
  'pair.revoked_more': 'What was sold is still stored here. Send it or save the journal to a file before pairing again.',

  'revoked.title': 'The office unpaired this till',
  'revoked.why': 'Nothing more can be charged here. What was sold is still kept on this till.',
  'revoked.unsent': { one: '{n} entry to send. Send it, or save the journal to a file, before pairing again.', other: '{n} entries to send. Send them, or save the journal to a file, before pairing again.' },
  'revoked.sent': 'All that was sold is in the office.',
  'revoked.parked': { one: '{n} entry waits for the office to decide. Nothing is lost.', other: '{n} entries wait for the office to decide. Nothing is lost.' },

  'person.title': 'Who is serving?',
  'person.hint': 'Tap your name',
  'person.none': 'Nobody in the team has a PIN. Set one in the office, under “Team”.',
  'role.owner': 'Owner',
  'role.manager': 'Manager',
  'role.cashier': 'Cashier',
  'role.stock': 'Stock',
  'role.accountant': 'Accountant',
  'role.auditor': 'Auditor',

  'pin.title': 'PIN of {name}',
  'pin.enter': 'Enter',
  'pin.wrong': { one: 'Wrong PIN. {n} try left.', other: 'Wrong PIN. {n} tries left.' },
  'pin.wrong_last': 'Wrong PIN.',
  'pin.wait': 'Wait {wait} before trying again.',
  'pin.digits': { one: '{n} digit typed', other: '{n} digits typed' },
  'pin.erase': 'Erase',
  'lock.action': 'Lock',

  'insecure.title': 'This address is not secure',
  'insecure.why': 'The browser keeps sales offline only at a secure address (https) or on the same machine.',
  'insecure.how': 'Start the server with “mostrador run --tls”, open the https address it shows and trust its certificate on this tablet.',
  'insecure.address': 'Opened address: {address}',
  'insecure.again': 'Check again',

  'tab.title': 'The till is already open in another tab',
  'tab.why': 'Only one tab writes, so that no receipt is repeated.',
  'tab.how': 'Use the other tab, or close it and this one goes on by itself.',

  'storage.title': 'The browser does not promise to keep the data',
  'storage.why': 'If the disk fills up, the browser could delete sales not yet sent.',
  'storage.how': 'Install the till as an application and ask again. Meanwhile, send the sales often.',
  'storage.ask': 'Ask again',
  'storage.menu': 'Ask for persistent storage',
  'storage.refused': 'The browser does not promise it. Install the till as an application and ask again.',
  'storage.kept': 'The browser keeps the data of this till.',
  'storage.full': 'No room for another sale. Send what is waiting or free space on the tablet before charging.',
  'storage.unsupported': 'This browser cannot run the till',
  'storage.unsupported_how': 'Use an up-to-date Chrome, Edge, Firefox or Safari, outside a private window.',
  'storage.closed': "The browser closed the till's data",
  'storage.closed_how': 'What was sold is stored. Check again, or close and open the till.',

  'update.ready': 'A new version is ready',
  'update.when': 'It is installed when no ticket is open.',
  'update.now': 'Update now',

  'catalogue.loading': 'Receiving the catalogue: {loaded} of {total}',
  'catalogue.ready': { one: '{n} product in this till', other: '{n} products in this till' },
  'catalogue.empty': 'No products yet. Add them in the office.',
  'prefs.language_es': 'Español',
  'prefs.language_en': 'English',
}
