ALTER TABLE agreement ADD COLUMN list_every TEXT DEFAULT '' NOT NULL;
ALTER TABLE agreement ADD COLUMN list_day SMALLINT DEFAULT '0' NOT NULL;
ALTER TABLE agreement ADD CONSTRAINT ck_agreement_list_every CHECK (list_every IN ('', 'week', 'month'));
ALTER TABLE agreement ADD CONSTRAINT ck_agreement_list_day CHECK ((list_every = '') = (list_day = 0));
ALTER TABLE outward_list ADD COLUMN round_id BIGINT DEFAULT '0' NOT NULL;
ALTER TABLE outward_list ADD COLUMN left_out INTEGER DEFAULT '0' NOT NULL;
