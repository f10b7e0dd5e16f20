"""A camera for pictures: what it shows is drawn by the page, so that it is there on every machine."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from scripts.shots_hands import check_price, press

# A label on a counter; its lines are no code, so that nothing is added to the ticket.
DRAWN = """() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 })
  const pen = canvas.getContext('2d')
  const wood = pen.createLinearGradient(0, 0, 1280, 720)
  wood.addColorStop(0, '#8a7a66')
  wood.addColorStop(1, '#5d5145')
  pen.fillStyle = wood
  pen.fillRect(0, 0, 1280, 720)
  pen.fillStyle = '#f4f1ea'
  pen.fillRect(420, 230, 440, 260)
  pen.fillStyle = '#1b1a18'
  for (let place = 0; place < 58; place += 1) if ((place * 7) % 11 > 4) pen.fillRect(466 + place * 6, 266, 6, 188)
  const redraw = () => { pen.fillRect(0, 0, 1, 1); if (canvas.isUsed) requestAnimationFrame(redraw) }
  navigator.mediaDevices.getUserMedia = () => { canvas.isUsed = true; redraw(); return Promise.resolve(canvas.captureStream(10)) }
  navigator.mediaDevices.enumerateDevices = () => Promise.resolve(['1', '2'].map((deviceId) => ({ kind: 'videoinput', deviceId, label: '' })))
}"""
REFUSED = "() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError')) }"


def open_one(page: Page) -> None:
    """Open the camera, and see its picture."""
    page.evaluate(DRAWN)
    press(page, "Control+k")
    expect(page.locator(".camera .frame")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(400)


def open_beside(page: Page, text: str) -> None:
    """Open it in the price check, where something is on show."""
    page.evaluate(DRAWN)
    check_price(page, text)
    press(page, "Control+k")
    expect(page.locator(".view .frame")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(400)


def refuse(page: Page) -> None:
    """Ask for a camera that the browser does not give."""
    page.evaluate(REFUSED)
    press(page, "Control+k")
    expect(page.locator(".camera .said .key")).to_be_visible(timeout=20_000)
