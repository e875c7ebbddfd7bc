import { firstPages } from '#app/links/first.ts'
/** The day's list of every grid that this device holds, whichever grid somebody walks: what a number of all of them opens. */
export const allVisits = `${firstPages.todayInOffice()}?grids=all`
export const allOverdue = `${allVisits}&only=overdue`
