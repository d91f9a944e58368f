"""核对档案 (吉民发〔2017〕58号 第十七条): every closed case has its file, kept, held, destroyed."""
