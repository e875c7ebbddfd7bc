// In ES5: the words of index.html come at once where the app cannot start. See docs/decisions/0047-the-floor.md.
;(function () {
  'use strict'
  var isTooOld =
    !('noModule' in document.createElement('script')) ||
    !('at' in Array.prototype) ||
    !('HTMLDialogElement' in window) ||
    !('indexedDB' in window)
  if (isTooOld) document.documentElement.setAttribute('data-below-floor', '')
})()
