-- Who says what a code means, and when they said it: published beside the mapping, for explanations.
alter table terminology.code_mapping add column mapped_by varchar;
alter table terminology.code_mapping add column mapped_at timestamp;
