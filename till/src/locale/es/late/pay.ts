// Paying, change, what follows a sale, and the words printed on the receipt.
export const pay = {
  'card.ask': '¿Salió el cobro en la terminal?',
  'card.how': 'Mire el último movimiento de la terminal, o el comprobante. Nada se vuelve a cobrar antes de que alguien lo diga.',
  'card.amount': 'Importe',
  'card.reference': 'Cobro',
  'card.yes': 'Sí, salió',
  'card.no': 'No salió',
  'card.unknown': 'No sé: dejar pendiente',

  'transfer.code': 'Código para transferir',
  'transfer.holder': 'A nombre de',
  'transfer.account': 'Cuenta',
  'transfer.reference': 'Concepto',
  'transfer.print': 'Imprimir',
  'tip.put': 'Propina de {amount}',
  'tip.none': 'Sin propina',
} as const
