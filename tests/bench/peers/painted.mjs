const list = document.createElement('ul')

/** Draws a list, and answers when its frame was painted. */
export function painted(names) {
  document.body.append(list)
  list.replaceChildren(
    ...names.map((name) => {
      const item = document.createElement('li')
      item.textContent = name
      return item
    }),
  )
  const channel = new MessageChannel()
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve(performance.now())
    requestAnimationFrame(() => channel.port2.postMessage(null))
  })
}
