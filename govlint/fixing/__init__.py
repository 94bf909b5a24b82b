"""Results in, corrected documents or a diff out; decides nothing that a finding does not say."""
