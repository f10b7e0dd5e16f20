import { mount } from 'svelte'
import './styles/tokens.css'
import './styles/base.css'
import App from './App.svelte'
import Slip from './Slip.svelte'
import { openTill } from './data/index.ts'
import { app } from './screens/app.svelte.ts'
import { fault } from './screens/fault.ts'
import { showPreferences } from './screens/preferences.svelte.ts'

function place(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no place for ${id}`)
  return found
}

showPreferences()
app.watch()
mount(App, { target: place('app') })
mount(Slip, { target: document.body })
openTill().then((till) => { app.attach(till) }).catch(fault)
