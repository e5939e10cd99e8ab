-- Candidates are searched for between every few rows that are stored: keys that wait in a list would be read
-- through by each search, and now and then one article would have to file them all.
alter index development_keys set (fastupdate = off);
select gin_clean_pending_list('development_keys');
