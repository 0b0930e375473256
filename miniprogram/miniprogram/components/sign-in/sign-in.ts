/** What the pages about oneself show after logging out. */
Component({
  methods: {
    enter() {
      this.triggerEvent('enter')
    },
  },
})
