import { mount } from 'svelte'
import './styles/tokens.css'
import './styles/base.css'
import App from './App.svelte'
import { openTill } from './data/index.ts'
import { app } from './screens/app.svelte.ts'
import { fault } from './screens/fault.ts'
import { isPractice } from './screens/practice.ts'
import { showPreferences } from './screens/preferences.svelte.ts'
import { later } from './screens/shell/coming.ts'
import { learn } from './screens/words.svelte.ts'

function place(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no place for ${id}`)
  return found
}

function begin(): void {
  app.watch()
  mount(App, { target: place('app') })
  later().then(({ Slip, watchGuidance }) => { mount(Slip, { target: document.body }); watchGuidance() }).catch(fault)
  const opened = isPractice ? import('./data/practice.ts').then(({ openPractice }) => openPractice()) : openTill()
  opened.then((till) => { app.attach(till) }).catch(fault)
}

showPreferences()
// Whoever chose English is not greeted in Spanish; without the file the till speaks Spanish, and works.
void learn().catch(reportError).then(begin)
