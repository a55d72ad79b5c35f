// The schedule puts its time into the event: in UTC, whatever clock it goes by.
export const handler = async (event) => {
  console.log(`The report is due. In UTC it is ${event.time}.`);
  return { report: event.time };
};
