/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Faults to be put into the template: a unified diff each, whose first lines may say what it is. */

'use strict'

const fs = require('node:fs')
const path = require('node:path')

/* The hunks of a diff, each as where it was, the lines that it looks for, and those that it puts there. */
function hunks (diff) {
  const found = []
  for (const line of diff.split('\n')) {
    if (line.startsWith('@@')) found.push({ at: Number(/^@@ -([0-9]+)/.exec(line)?.[1]), from: [], to: [] })
    const hunk = found.at(-1)
    if (!hunk || line.startsWith('@@') || line.startsWith('\\')) continue
    if (line.startsWith('-') || line.startsWith(' ')) hunk.from.push(line.slice(1))
    if (line.startsWith('+') || line.startsWith(' ')) hunk.to.push(line.slice(1))
  }
  return found
}

/* Returns @text with a diff applied where its lines are now, nearest to where they were; throws if they
 * are nowhere. */
function apply (text, diff) {
  const lines = text.split('\n')
  const all = hunks(diff)
  if (!all.length) throw new Error('there is no hunk in it')
  for (const { at, from, to } of all) {
    const places = lines.map((_, i) => i).filter((i) => from.every((line, j) => lines[i + j] === line))
    const [nearest] = places.sort((a, b) => Math.abs(a - at) - Math.abs(b - at))
    if (nearest === undefined) throw new Error(`its lines are nowhere: ${from.find((l) => l.trim())}`)
    lines.splice(nearest, from.length, ...to)
  }
  return lines.join('\n')
}

/* The faults of a folder, as [name, diff]. */
function readFaults (folder) {
  if (!fs.existsSync(folder)) return []
  return fs.readdirSync(folder).filter((name) => name.endsWith('.diff')).sort()
    .map((name) => [name.replace('.diff', ''), fs.readFileSync(path.join(folder, name), 'utf8')])
}

module.exports = { apply, readFaults }
