/** How many questions a session has, and what an exam takes, in minutes. */
export const SESSION = 5
export const EXAM = { questions: 10, minutes: 15 } as const
