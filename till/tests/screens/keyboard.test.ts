import { describe, expect, it } from 'vitest'
import { dispatch, listen } from '../../src/screens/keyboard.ts'

describe('where a key goes', () => {
  it('goes to the panel that was opened last', () => {
    const heard: string[] = []
    const closeLower = listen({ type: (text) => { heard.push(`lower ${text}`) } })
    const closeUpper = listen({ type: (text) => { heard.push(`upper ${text}`) } })

    expect(dispatch('7', false)).toBe(true)
    closeUpper()
    dispatch('8', false)
    closeLower()

    expect(heard).toEqual(['upper 7', 'lower 8'])
    expect(dispatch('9', false)).toBe(false)
  })

  it('goes on to the panel below when the upper one does not want it', () => {
    const heard: string[] = []
    const closeLower = listen({ enter: () => { heard.push('lower') } })
    const closeUpper = listen({ enter: () => false })

    expect(dispatch('Enter', false)).toBe(true)
    closeUpper()
    closeLower()

    expect(heard).toEqual(['lower'])
  })

  it('stays with the field while one is being written in, but for function keys and Escape', () => {
    const heard: string[] = []
    const close = listen({
      type: (text) => { heard.push(text) }, erase: () => { heard.push('erase') }, escape: () => { heard.push('escape') },
      named: { F9: () => { heard.push('F9') }, Delete: () => { heard.push('Delete') }, 'Ctrl+z': () => { heard.push('Ctrl+z') } },
    })

    for (const key of ['a', 'Backspace', 'Delete', 'Ctrl+z', 'F9', 'Escape']) dispatch(key, true)
    close()

    expect(heard).toEqual(['F9', 'escape'])
  })
})
