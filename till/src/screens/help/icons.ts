// The icons of the strip and its sheets: lucide (ISC licence), in the later file.
import ear from 'lucide-static/icons/ear.svg?raw'
import sample from 'lucide-static/icons/gift.svg?raw'
import handoff from 'lucide-static/icons/arrow-left-right.svg?raw'
import promise from 'lucide-static/icons/calendar-check.svg?raw'
import elsewhere from 'lucide-static/icons/map-pin.svg?raw'
import has from 'lucide-static/icons/house.svg?raw'
import hourglass from 'lucide-static/icons/hourglass.svg?raw'
import lightbulb from 'lucide-static/icons/lightbulb.svg?raw'
import none from 'lucide-static/icons/calendar-off.svg?raw'
import repair from 'lucide-static/icons/wrench.svg?raw'
import type { Drawn } from '../../ui/icons.ts'

const drawn = (svg: string): Drawn => ({ svg })

export const icons = {
  need: drawn(ear), recommend: drawn(lightbulb), none: drawn(none), repair: drawn(repair), has: drawn(has), elsewhere: drawn(elsewhere),
  promise: drawn(promise), hold: drawn(hourglass), handoff: drawn(handoff), sample: drawn(sample),
}
