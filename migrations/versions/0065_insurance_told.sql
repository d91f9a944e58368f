ALTER TABLE tally DROP CONSTRAINT ck_tally_measure;
ALTER TABLE tally ADD CONSTRAINT ck_tally_measure CHECK (measure IN ('open', 'late', 'reported', 'over', 'ended', 'returned', 'objections', 'corrected', 'requests', 'answered', 'answered_late', 'extended', 'unanswered', 'insured', 'uninsured', 'insured_unknown'));
ALTER TABLE made_file DROP CONSTRAINT ck_made_file_kind;
ALTER TABLE made_file ADD CONSTRAINT ck_made_file_kind CHECK (kind IN ('print', 'package', 'sheet', 'archive', 'insurance'));
