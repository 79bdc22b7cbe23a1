/* Runs axe. Of the rows or items of one list that are made alike, the first two are looked at: it
   costs several times as much to look at two hundred, and says the same. */
options => {
  const SAID = ["class", "role", "type", "scope", "lang", "tabindex", "target"]
  const STATES = ["true", "false", "page", "step", "polite", "assertive", "mixed", "ascending"]
  const LISTS = ["tbody", "ul", "ol", "dl", "svg", "g"].map(list => `main ${list}`).join()

  function told({ name, value }) {
    if (SAID.includes(name) || STATES.includes(value)) return `${name}=${value}`
    return value ? name : `${name}=nothing`
  }

  function within(node) {
    if (node.nodeType === Node.ELEMENT_NODE) return made(node)
    return node.nodeType === Node.TEXT_NODE && node.data.trim() ? "words" : ""
  }

  function made(element) {
    const attributes = [...element.attributes].map(told).sort().join(" ")
    return `<${element.tagName} ${attributes}>${[...element.childNodes].map(within).join("")}</>`
  }

  const alike = [...document.querySelectorAll(LISTS)].flatMap(list => {
    const times = {}
    return [...list.children].filter(each => {
      const key = made(each)
      times[key] = (times[key] || 0) + 1
      return times[key] > 2
    })
  })
  return axe.run({ include: document, exclude: alike }, options).then(found => found.violations)
}
