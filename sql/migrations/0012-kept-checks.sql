-- What the findings and grades of schema quality were made from: the next evaluation of the same keeps them.
alter table quality.checked add column inputs varchar;
