/** The longest delay a timer can have (ms): a longer one overflows 32 bits and fires at once. */
export const longestTimerMs = 2 ** 31 - 1;
