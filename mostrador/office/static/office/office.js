// What a page of the office does beyond links and forms. Everything works without it.
'use strict'

document.addEventListener('change', (event) => {
  const field = event.target
  if (field.matches('[data-submit]') && field.form) field.form.requestSubmit()
})

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print()
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
