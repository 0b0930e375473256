/**
 * The phone's check of publications as /api/v1 gives them: reads a JSON list of them from standard
 * input, prints for each whether everything agrees, and how many rows and cells a phone shows.
 */
import { readFileSync } from 'node:fs'
import { modules } from './support/source.mjs'

const load = modules()
const { examine } = load('lib/proof')
const { layOut } = load('lib/sheet')
const { sentencesOf } = load('lib/words')

const publications = JSON.parse(readFileSync(0, 'utf8'))
const found = publications.map((publication) => {
  const sheet = publication.face && layOut(publication.face, 20, 10_000)
  return {
    code: publication.code,
    agrees: examine(publication).map((finding) => finding.agrees),
    rows: sheet ? sheet.rows.length + sheet.cards.length : 0,
    sentences: sentencesOf(publication).length,
  }
})
console.log(JSON.stringify(found))
