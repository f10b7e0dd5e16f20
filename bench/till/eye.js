// Runs in the page before the till does. Says when what a person did was answered by a painted frame, and nothing earlier.
// All times are milliseconds since the navigation began (performance.now).
{
  const blocks = []
  const presented = []
  const prints = []

  // After the frame that shows what is in the document now: the message's turn comes when the main thread has painted it.
  const painted = () => new Promise((resolve) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => { resolve(performance.now()) }
      channel.port2.postMessage(0)
    })
  })

  // The digits of a scan come together, just before its Enter reaches the till: a busy machine cannot stretch the pauses between them.
  let digits = ''
  let began = null
  for (const type of ['keydown', 'click']) {
    // Before the till's own listeners: what they change is seen as soon as they return.
    addEventListener(type, (event) => {
      if (!event.isTrusted) return
      began?.(event)
      if (event.key !== 'Enter' || digits === '') return
      const keys = digits
      digits = ''
      for (const [place, key] of [...keys].entries()) {
        const stroke = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
        // The stamps of a scanner that sends a key every two milliseconds.
        Object.defineProperty(stroke, 'timeStamp', { value: event.timeStamp - 2 * (keys.length - place) })
        document.activeElement.dispatchEvent(stroke)
      }
    }, true)
  }

  // One act: from the event to the frame after the change that was waited for. `wanted` must stand in the document, `gone` must not.
  function watch({ type, key, within, wanted, gone, last, digits: code = '', within_ms = 15_000, quiet_ms = 150 }) {
    digits = code
    return new Promise((resolve) => {
      let start = null
      let end = null
      let timer
      const finish = () => {
        began = null
        observer.disconnect()
        resolve({ start, end, presented: presented.findLast((entry) => Math.abs(entry.start - start) < 1)?.duration ?? null })
      }
      const see = () => {
        void painted().then((at) => {
          end = last ? Math.max(end ?? 0, at) : (end ?? at)
          clearTimeout(timer)
          timer = setTimeout(finish, quiet_ms)
        })
      }
      const observer = new MutationObserver((changes) => {
        if (start === null || (!last && end !== null)) return
        if (wanted && !document.querySelector(wanted)) return
        if (gone && document.querySelector(gone)) return
        if (changes.some(({ target }) => (target.nodeType === 1 ? target : target.parentElement)?.closest(within))) see()
      })
      began = (event) => {
        if (start !== null || event.type !== type || (key && event.key !== key)) return
        start = event.timeStamp
        // Where an act may change nothing, the first frame after it is its answer.
        if (last) see()
      }
      // Only where the answer comes: to look costs time too.
      observer.observe(document.querySelector(within) ?? document, { subtree: true, childList: true, characterData: true, attributes: true })
      timer = setTimeout(finish, within_ms)
    })
  }

  const until = async (holds) => {
    const latest = performance.now() + 12_000
    while (!holds()) {
      if (performance.now() > latest) throw new Error(`waited in vain: ${holds}`)
      await new Promise((resolve) => { requestAnimationFrame(resolve) })
    }
    return painted()
  }
  const button = (within, text) => [...document.querySelectorAll(`${within} button`)].find((one) => one.textContent.includes(text))
  const isFree = (one) => one !== undefined && one !== null && !one.disabled

  // A person of no age at all: from the screen that asks who it is, through the PIN and the shift, to the line of a first scan.
  async function arrive({ person, pin, code }) {
    const times = {}
    times.people = await until(() => button('.people', person))
    button('.people', person).click()
    await until(() => button('.pin', pin[0]))
    for (const digit of pin) button('.pin', digit).click()
    await until(() => isFree(document.querySelector('.pin button.now')))
    document.querySelector('.pin button.now').click()
    const opening = () => (document.querySelector('.pin') ? null : document.querySelector('.zones button.key.now'))
    await until(() => document.querySelector('.till') || opening())
    if (!document.querySelector('.till')) {
      opening().click()
      await until(() => document.querySelector('.till'))
    }
    times.till = await painted()
    for (const key of [...code, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    times.line = await until(() => document.querySelector('.lines .line:not(.bad)'))
    return times
  }

  // Whether the whole catalogue and its indexes lie on the disk: what the till writes last.
  const isKept = () => new Promise((resolve) => {
    const opening = indexedDB.open('mostrador-catalogue')
    opening.onsuccess = () => {
      const { result } = opening
      const asked = result.transaction('meta').objectStore('meta').get('active')
      asked.onsuccess = () => { result.close(); resolve(asked.result !== undefined) }
    }
    opening.onerror = () => { resolve(false) }
  })

  addEventListener('DOMContentLoaded', () => {
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) blocks.push({ start: startTime, ms: duration })
    }).observe({ type: 'longtask', buffered: true })
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) presented.push({ start: startTime, duration })
    }).observe({ type: 'event', durationThreshold: 16 })
  })
  window.print = () => { prints.push(performance.now()) }
  window.eye = { watch, arrive, painted, isKept, blocks, prints }
}
