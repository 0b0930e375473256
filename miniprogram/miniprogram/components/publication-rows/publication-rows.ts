/** Publications in a list. */
Component({
  properties: {
    rows: { type: Array, value: [] },
  },
})
