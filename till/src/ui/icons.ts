// The icons of the till: lucide (ISC licence), inlined at build time so that none is fetched.
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import back from 'lucide-static/icons/arrow-left.svg?raw'
import banknote from 'lucide-static/icons/banknote.svg?raw'
import calendar from 'lucide-static/icons/calendar-clock.svg?raw'
import calculator from 'lucide-static/icons/calculator.svg?raw'
import card from 'lucide-static/icons/credit-card.svg?raw'
import check from 'lucide-static/icons/check.svg?raw'
import clock from 'lucide-static/icons/clock.svg?raw'
import close from 'lucide-static/icons/x.svg?raw'
import cloud from 'lucide-static/icons/cloud.svg?raw'
import drive from 'lucide-static/icons/hard-drive.svg?raw'
import enter from 'lucide-static/icons/corner-down-left.svg?raw'
import erase from 'lucide-static/icons/delete.svg?raw'
import gift from 'lucide-static/icons/ribbon.svg?raw'
import grid from 'lucide-static/icons/layout-grid.svg?raw'
import hand from 'lucide-static/icons/hand-heart.svg?raw'
import help from 'lucide-static/icons/circle-question-mark.svg?raw'
import key from 'lucide-static/icons/key-round.svg?raw'
import keyboard from 'lucide-static/icons/keyboard.svg?raw'
import language from 'lucide-static/icons/languages.svg?raw'
import layers from 'lucide-static/icons/layers.svg?raw'
import leave from 'lucide-static/icons/log-out.svg?raw'
import list from 'lucide-static/icons/list.svg?raw'
import lock from 'lucide-static/icons/lock.svg?raw'
import minus from 'lucide-static/icons/minus.svg?raw'
import moneyIn from 'lucide-static/icons/arrow-down-to-line.svg?raw'
import moneyOut from 'lucide-static/icons/arrow-up-from-line.svg?raw'
import moon from 'lucide-static/icons/moon.svg?raw'
import more from 'lucide-static/icons/ellipsis.svg?raw'
import note from 'lucide-static/icons/notebook-pen.svg?raw'
import offline from 'lucide-static/icons/cloud-off.svg?raw'
import pause from 'lucide-static/icons/pause.svg?raw'
import percent from 'lucide-static/icons/percent.svg?raw'
import phone from 'lucide-static/icons/smartphone.svg?raw'
import plus from 'lucide-static/icons/plus.svg?raw'
import printer from 'lucide-static/icons/printer.svg?raw'
import printerOff from 'lucide-static/icons/printer-x.svg?raw'
import receipt from 'lucide-static/icons/receipt-text.svg?raw'
import refresh from 'lucide-static/icons/refresh-cw.svg?raw'
import save from 'lucide-static/icons/save.svg?raw'
import scan from 'lucide-static/icons/scan-barcode.svg?raw'
import search from 'lucide-static/icons/search.svg?raw'
import settings from 'lucide-static/icons/sliders-horizontal.svg?raw'
import shield from 'lucide-static/icons/shield-alert.svg?raw'
import sound from 'lucide-static/icons/volume-2.svg?raw'
import soundOff from 'lucide-static/icons/volume-x.svg?raw'
import trash from 'lucide-static/icons/trash-2.svg?raw'
import coupon from 'lucide-static/icons/ticket-percent.svg?raw'
import tag from 'lucide-static/icons/tag.svg?raw'
import undo from 'lucide-static/icons/undo-2.svg?raw'
import unknown from 'lucide-static/icons/circle-alert.svg?raw'
import unsent from 'lucide-static/icons/cloud-upload.svg?raw'
import user from 'lucide-static/icons/user.svg?raw'
import users from 'lucide-static/icons/users.svg?raw'
import star from 'lucide-static/icons/star.svg?raw'
import wallet from 'lucide-static/icons/wallet.svg?raw'
import windowOff from 'lucide-static/icons/monitor-x.svg?raw'

const sources = {
  alert, back, banknote, calculator, calendar, card, check, clock, close, cloud, coupon, drive, enter, erase, gift, grid, hand, help, key, keyboard,
  language, layers, leave, list, lock, minus, moneyIn, moneyOut, moon, more, note, offline, pause, percent, phone, plus,
  printer, printerOff, receipt, refresh, save, scan, search, settings, shield, sound, soundOff, tag, trash, undo, unknown,
  star, unsent, user, users, wallet, windowOff,
}

export type IconName = keyof typeof sources

/** An icon of the later file: as lucide draws it. */
export interface Drawn { readonly svg: string }

/** Return the shapes inside an icon's svg element, without the element itself. */
export function shapes(icon: IconName | Drawn): string {
  const svg = typeof icon === 'string' ? sources[icon] : icon.svg
  const start = svg.indexOf('>', svg.indexOf('<svg')) + 1
  return svg.slice(start, svg.lastIndexOf('</svg>'))
}
