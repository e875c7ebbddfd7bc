/** The records and what is computed of them, as screens name them: a screen imports no more of the register. */
export type { Coloured, Due, HistoryLine, Hit, Rec } from '#app/register/register.ts'
