-- How many reminders were written. That isn't the stage that was reached, which `reminders` goes on
-- to hold: who was written to late has none of the first, and a day that is put off has stages
-- come again.
alter table campaign_item add column reminded int not null default 0;
update campaign_item set reminded = reminders where reminders > 0;
