/** What a page says while it loads, when it cannot load, and when it shows an older copy. */
Component({
  properties: {
    state: { type: Object, value: { busy: false, error: '', age: '' } },
  },
  methods: {
    again() {
      this.triggerEvent('again')
    },
  },
})
