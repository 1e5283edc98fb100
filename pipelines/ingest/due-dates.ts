// In: the registered facts of a petition. Out: when it must be accepted and concluded by the rules of petition work (2022).
// Invariant: days are calendar days; where the ledger never states acceptance, the 60 days count from registration.
import type { Row } from '../../datasets/schema.ts';
import type { IncomingPetition } from '../records.ts';

const plusDays = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Due dates: 15 days from registration; 60 days and the extension from acceptance. */
export function dueDates(petition: Pick<IncomingPetition, 'registered_date' | 'accepted_date' | 'extended_days'>): Pick<Row<'petition'>, 'accept_due_date' | 'conclude_due_date'> {
  return {
    accept_due_date: plusDays(petition.registered_date, 15),
    conclude_due_date: plusDays(petition.accepted_date ?? petition.registered_date, 60 + petition.extended_days),
  };
}

/** Joint petition 集体访: five people or more, or called so by its channel. */
export const isJoint = (people: number, channel: Row<'document'>['channel']): boolean => people >= 5 || channel === '集体访';
