# What admins see. Names of commands as Telegram shows them.
command-sources = all sources and how they fare
command-run = read all sources now
command-stats = figures of the whole bot
