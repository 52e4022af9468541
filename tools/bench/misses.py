"""Why a figure is missed and what was tried, by how its name begins; shown only where it is."""

from typing import Final

MISSES: Final[dict[str, str]] = {
    "durable Create": (
        "Three fifths of the loop's time goes to answering the wish. Half of that is judging, in"
        " steps of a few hundredths each: the wish is put into the world and taken out again, its"
        " destination is merged, its callers are found, each field is held against what the"
        " drivers declare. Checking the message against its constraints is a tenth. The rest is"
        " gRPC, the driver's process that is asked too, and what earlier wishes caused, which has"
        " a quarter of the loop while requests are under way. Tried and kept: what each intent"
        " states of its destination is kept in few bytes beside it, so that no other intent is"
        " read; what was committed last is told from memory; what was judged is the very object"
        " that is answered and that the world is told of; small parts of messages that are alike"
        " are one object; a try restates nobody; the loop does not stop to look through everything"
        " for garbage; wishes that wait for a driver's process are asked about together. Not"
        " tried: to check parts of messages that recur once, and to write a batch of wishes with"
        " as many statements as one."
    ),
    "Get,": (
        "The bare echo decodes and encodes; a Get is also traced, logged, counted, authenticated"
        " and looked up: each a few microseconds of Python. Tried and kept: answers are kept as"
        " bytes and found by the bytes of the request, layers are entered and left in one"
        " coroutine, what is at hand needs no timer, metadata is read once, lines of requests are"
        " written together, the server runs on uvloop, gRPC's interceptors are not used. What is"
        " left is gRPC's own layer for three quarters, and its trailing metadata."
    ),
    "one intent changed": (
        "A change executes as many lines in a large world as in a small one, and takes as much"
        " processor time. What is left is reading: most rows of a large store are not in memory"
        " when they are written. Tried and kept: the first change does not look again at all that"
        " a start restated, which was nearly all of it; the ledger is written at once, and states"
        " when nothing changes them any more; looking for drift takes a bounded part of a"
        " processor; what a directory does once is done at the start; what a start reads is kept"
        " out of the search for garbage."
    ),
    "render": (
        "What an object takes is spread over many small steps, none of which takes a tenth: putting"
        " callers, ports and rules in order, leaving out what is empty, naming; the ceiling builds"
        " from literals and decides nothing. Tried and kept: names, parts and copies are made only"
        " where something asks for them, callers of a grant are one record and stay together where"
        " nobody is in two, records are tuples, what a slice has not got is not looked at, so that"
        " an object takes less than half of what it took. Not tried: shapes of objects that are"
        " made once and filled in."
    ),
    "Get p99": (
        "While everything is rendered again, the loop reads the world, compiles and takes over"
        " renderings: a Get that comes meanwhile waits for the turn that is being taken, and for"
        " threads that hold the interpreter. Tried and kept: turns of half a millisecond, paid for"
        " by pauses, between requests that follow each other too; few states for each commit while"
        " somebody asks; small pages of the file. What is left are scopes whose compiling takes a"
        " few milliseconds, commits of the ledger, and Gets that need the file while a page of it"
        " is read: a second connection to it is ruled out, as SQLite before 3.51.3 may damage its"
        " log then."
    ),
    "start with 100,000 intents: serving": (
        "Drivers are loaded, each in two processes, before the server listens; nothing of the"
        " world is read until then."
    ),
    "start with 100,000 intents: every digest": (
        "Nothing is compiled: half of it is the ledger, a third what intents touch, on one core."
        " Tried and kept: a checkpoint says what a start need not work out again; what an intent"
        " touches is kept in its row, with the intent as it is packed in memory; what was said is"
        " read when all is compiled; each row is read once, while the last ones are taken; rows of"
        " the ledger are tuples; garbage is not looked for meanwhile. Not tried: to keep entries"
        " of the ledger as they are packed in memory, too."
    ),
    "resident memory": (
        "It was 3.2 GB, then 1.05 GB, then 592 MB. Tried and kept: intents are bytes, written as"
        " what differs from the first of their kind, and the few thousand that were asked for last"
        " are objects; entries of the ledger that are as wished are bytes, and what those of one"
        " scope in one cluster have in common is one object; what was said of objects is rows in"
        " few buffers; digests and uids are bytes; names of a key are tuples; SQLite keeps 16 MiB;"
        " a start reads all rows page by page. What is left are a hundred megabytes of a server"
        " without intents, as many of the ledger, a third of them its keys, and many small indexes"
        " of the world. Not tried: workloads as bytes."
    ),
    "Plan of one change": (
        "The driver's process and the server work about as long: a hundred calls are judged on"
        " both sides of a change, and three hundred where the gateway of a caller changes with"
        " it: then everything that goes through that gateway is asked about, which is the slow"
        " tail. Tried and kept: the fork of the world copies nothing; calls that meet nothing"
        " that moved are not asked; the next calls are chosen while the last ones are judged;"
        " both sides are asked at once, and objects that are the same sent and read once; only"
        " verdicts that differ come back; requests that no object tells apart are followed once,"
        " and those that come the same way share the steps that look at none of them. Tried and"
        " dropped: smaller questions, whose objects cost more than the waiting that they spare;"
        " to keep objects from one question to the next. Not tried: to follow a call on the"
        " second side only from where something differs, and a driver that says which calls"
        " changed objects can concern."
    ),
    "Explain": (
        "The driver's process reads the objects of the scopes concerned and judges them: the call"
        " there and back is half of it, the layers of an RPC and the file of the store are the"
        " rest. On a machine that does other work too, its p99 is that of the processes taking"
        " turns."
    ),
}
