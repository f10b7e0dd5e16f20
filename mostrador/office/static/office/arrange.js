// Rows that are dragged to their place; let go, the page says the whole order. The buttons beside them do the same, one step at a time.
'use strict'

const SLACK = 6

function arrange(body) {
  let row = null
  let begun = 0
  let moves = false

  function over(y) {
    for (const other of body.rows) {
      const box = other.getBoundingClientRect()
      if (other !== row && y >= box.top && y <= box.bottom) return { other, after: y > box.top + box.height / 2 }
    }
    return null
  }

  body.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType === 'touch' || event.target.closest('button, a, input')) return
    row = event.target.closest('tr')
    begun = event.clientY
    moves = false
  })
  addEventListener('pointermove', (event) => {
    if (row === null) return
    if (!moves && Math.abs(event.clientY - begun) < SLACK) return
    moves = true
    row.classList.add('on')
    const found = over(event.clientY)
    if (found) found.other[found.after ? 'after' : 'before'](row)
  })
  addEventListener('pointerup', () => {
    const moved = row !== null && moves
    row = null
    if (!moved) return
    const form = document.getElementById(body.dataset.arrange)
    form.elements.order.value = [...body.rows].map((one) => one.dataset.id).join(' ')
    form.requestSubmit()
  })
  body.addEventListener('dragstart', (event) => { event.preventDefault() })
}

for (const body of document.querySelectorAll('[data-arrange]')) arrange(body)
