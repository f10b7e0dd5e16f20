// Whether this till opens without its server: only where the browser has kept the program (a service worker).
const SCOPE = '/till/'

class ColdStart {
  /** The browser keeps no program: a page that is open sells on, a page that is closed comes back only with the server. */
  isMissing = $state(false)

  async look(): Promise<void> {
    this.isMissing = !(await isKept())
  }
}

// A browser that was made to go on past a certificate it does not trust refuses, and may refuse to answer too.
async function isKept(): Promise<boolean> {
  const { serviceWorker } = navigator as Partial<Navigator>
  try {
    return await serviceWorker?.getRegistration(SCOPE) !== undefined
  } catch {
    return false
  }
}

export const coldStart = new ColdStart()
