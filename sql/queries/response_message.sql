-- Whether a timestamp is one of our messages.
SELECT COUNT(*) FROM message WHERE channel = ? AND ts = ? AND ts <> ''
