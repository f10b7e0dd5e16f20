// What a page of the office does beyond links and forms. Everything works without it.
'use strict'

document.addEventListener('change', (event) => {
  const field = event.target
  if (field.matches('[data-submit]') && field.form) field.form.requestSubmit()
})

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print()
})

// A product that was found is written into the text of its form that was written in last, else into the first: its SKU, on a line of its own.
const written = new WeakMap()

document.addEventListener('focusin', (event) => {
  const { target } = event
  if (target.form && target.matches('textarea')) written.set(target.form, target)
})

document.addEventListener('click', (event) => {
  const key = event.target.closest('[data-add]')
  const form = key && key.closest('form')
  const text = form && (written.get(form) ?? form.querySelector('textarea, input[name="products"]'))
  if (!text) return
  // One product alone is wanted: the form can be sent.
  if (text.matches('input')) {
    text.value = key.dataset.add
    form.querySelector('.key.now').focus()
    return
  }
  const before = text.value.trimEnd()
  text.value = `${before}${before === '' ? '' : '\n'}${key.dataset.add}${text.name === 'prices' ? '; ' : ''}`
  // Of prices, what it costs is typed next; of goods, the next one is looked for.
  if (text.name === 'prices') text.focus()
  else form.querySelector('[data-finder] input').select()
})

// Enter looks for a product; the form is sent by its own key.
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.closest('[data-finder]')) event.preventDefault()
})

// How long a pairing code still holds. The page says it in words as well.
function countDown(place) {
  const until = Date.now() + Number(place.dataset.seconds) * 1000
  const timer = setInterval(() => {
    const left = Math.max(0, Math.ceil((until - Date.now()) / 1000))
    const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
    place.textContent = left > 0 ? place.dataset.text.replace('{time}', text) : place.dataset.over
    if (left === 0) clearInterval(timer)
  }, 1000)
}

addEventListener('DOMContentLoaded', () => {
  for (const place of document.querySelectorAll('[data-seconds]')) countDown(place)
  for (const part of document.querySelectorAll('[data-script]')) part.hidden = false
})
