/* Jobs of the workshop: asked for, watched until they are over. */

/**
 * @typedef {object} Job as the server tells of it
 * @property {string} id
 * @property {string} url
 * @property {string} title
 * @property {string} phase
 * @property {string} message
 * @property {boolean} alive
 * @property {number} done
 * @property {number | null} pages
 * @property {[colour: string, text: string][]} report
 */

const LOOK = 700;

/**
 * @param {string} url
 * @param {BodyInit} [body] posted, where there is one
 * @returns {Promise<Job>}
 */
export async function ask(url, body) {
  const answer = await fetch(url, {
    method: body === undefined ? "GET" : "POST", body, headers: { Accept: "application/json" },
  });
  const job = await answer.json();
  if (!answer.ok) throw new Error(job.message);
  return job;
}

/** @param {number} time milliseconds */
function pause(time) {
  return new Promise((resolve) => { setTimeout(resolve, time); });
}

/**
 * Watches a job until it is over; tells each state, until somebody else is wanted.
 * @param {Job} job
 * @param {(job: Job) => void} tell
 * @param {() => boolean} wanted
 * @param {number} [look] milliseconds between two looks
 * @returns {Promise<Job>}
 */
export async function watch(job, tell, wanted, look = LOOK) {
  let now = job;
  while (now.alive && wanted()) {
    tell(now);
    await pause(look);
    now = await ask(now.url);
  }
  if (wanted()) tell(now);
  return now;
}

/**
 * What went wrong, in words.
 * @param {unknown} error
 */
export function wordsOf(error) {
  return error instanceof Error ? error.message : String(error);
}
