"""Rules read the ledger, and do nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from xjk.errors import RuleError, RuleForbiddenError
from xjk.testing.engines.books import RELATIONS, Books, asked, fill, new_store, open_session
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.comparison import expect, refuse

_BOOKS: Books = {"payment": [{"purpose": "a", "voucher_date_day": 1}, {}], "unit": [{"unit_code": "U"}]}


def _refused(make: MakeStore, statements: Sequence[str], kind: type[RuleError] = RuleForbiddenError) -> None:
    """Ask what is more than a query: each is refused, the books stay as they are, and the session goes on."""
    with asked(make, _BOOKS) as session:
        for statement in statements:
            refuse(session, statement, kind)
            expect(
                session,
                "select count(*), max(purpose), sum(amount_fen), (select max(unit_code) from unit) from payment",
                [(2, "a", 0, "U")],
            )


@promise("不能插入。")
def nothing_is_inserted(make: MakeStore) -> None:
    """A rule cannot insert."""
    _refused(
        make,
        (
            "insert into unit (unit_code) values ('a')",
            "insert into unit (unit_code) select payment_id from payment",
        ),
    )


@promise("不能修改。")
def nothing_is_updated(make: MakeStore) -> None:
    """A rule cannot update."""
    _refused(
        make,
        (
            "update payment set amount_fen = 0",
            "update payment set purpose = 'b' where payment_id in (select payment_id from payment)",
        ),
    )


@promise("不能删除。")
def nothing_is_deleted(make: MakeStore) -> None:
    """A rule cannot delete or empty a table."""
    _refused(make, ("delete from payment", "delete from payment where amount_fen = 0"))
    _refused(make, ("truncate table payment", "truncate payment"), RuleError)


@promise("不能建表、建视图、改表、删表。")
def nothing_is_created_or_dropped(make: MakeStore) -> None:
    """A rule cannot create, alter or drop anything."""
    _refused(
        make,
        ("drop table payment", "create table x (a int)", "create view x as select 1 as a", "create temporary view x as select 1 as a",
         "alter table payment rename to x"),
    )  # fmt: skip
    _refused(
        make,
        (
            "drop view payment",
            "create index x on payment (amount_fen)",
            "create function f() as 1",
            "create table x as select 1 as a",
            "create schema x",
        ),
        RuleError,
    )


@promise("WITH 之中也不能写。")
def nothing_is_written_inside_a_query(make: MakeStore) -> None:
    """A statement that writes inside a WITH is refused too."""
    _refused(
        make,
        ("with gone as (delete from payment returning payment_id) select payment_id from gone",
         "with made as (insert into unit (unit_code) values ('a') returning unit_code) select unit_code from made",
         "with made as (update payment set amount_fen = 9 returning payment_id) select payment_id from made",
         "with x as (select 1 as a) insert into unit (unit_code) select a from x", "with x as (select 1 as a) delete from payment",
         "select 1 as a into made from payment", "select payment_id from payment for update"),
        RuleError,
    )  # fmt: skip


@promise("只能有一条查询。")
def one_query_at_a_time(make: MakeStore) -> None:
    """A rule asks one query at a time; an empty text is none."""
    _refused(
        make,
        ("select 1; select 2", "select 1; drop table payment", "select 1; delete from payment", "", " ", "-- nothing", ";"),
        RuleError,
    )  # fmt: skip


@promise("不能改设置。")
def no_setting_is_changed(make: MakeStore) -> None:
    """A rule cannot change a setting or run a pragma."""
    _refused(
        make,
        ("set memory_limit = '1GB'", "set statement_timeout = 0", "set spark.sql.ansi.enabled = false", "set timezone = 'UTC'", "reset all",
         "pragma query_only = 0", "pragma database_list", "set role postgres", "use other", "begin", "commit", "rollback", "analyze", "vacuum",
         "select set_config('statement_timeout', '0', false)", "call system.x()", "cache table payment", "refresh table payment"),
        RuleError,
    )  # fmt: skip


@promise("不能读写文件、附加数据库、装载扩展。")
def nothing_outside_is_reached(make: MakeStore) -> None:
    """A rule cannot read or write files, attach a database, load code or open a connection."""
    _refused(
        make,
        ("attach ':memory:' as x", "attach database 'x.db' as x", "detach main", "copy payment to 'copy.csv'", "copy unit from '/etc/passwd'",
         "copy payment to program 'cat'", "load httpfs", "install httpfs", "vacuum into 'copy.db'", "export database 'copy'",
         "select * from read_csv('/etc/passwd')", "select * from '/etc/passwd'", "select * from csv.`/etc/passwd`", "select * from text.`/etc/passwd`",
         "select pg_read_file('/etc/passwd')", "select load_extension('x')", "select readfile('/etc/passwd')", "select lo_import('/etc/passwd')",
         "select java_method('java.lang.System', 'exit', 1)", "select reflect('java.lang.System', 'exit', 1)", "add jar 'x.jar'",
         "select dblink('host=x', 'select 1')", "insert overwrite directory '/tmp/x' select 1 as a"),
        RuleError,
    )  # fmt: skip


@promise("不能查看目录、系统表和其他库。")
def no_catalogue_is_read(make: MakeStore) -> None:
    """A rule cannot read catalogues, system tables or another schema."""
    _refused(
        make,
        ("select name from sqlite_master", "select * from pragma_table_info('payment')", "select table_name from information_schema.tables",
         "select relname from pg_class", "select relname from pg_catalog.pg_class", "select * from duckdb_settings()", "select * from duckdb_tables",
         "select * from other.payment", "select * from system.information_schema.tables", "show tables", "describe payment",
         "select current_setting('data_directory')"),
        RuleError,
    )  # fmt: skip


@promise("不能读问题和隔离区：其中有未经处理的个人信息。")
def problems_and_quarantine_are_hidden(make: MakeStore) -> None:
    """A rule cannot read problems and quarantined rows, which hold personal data as it came."""
    with new_store(make) as store:
        fill(store, {})
        store.append(RELATIONS["quarantine"], [(1, 2, "payment", "f.csv", "reason", "{}")])
        store.freeze()
        with open_session(store) as session:
            for sql in (
                "select document from problem", "select cells from quarantine", "select cells from Quarantine", "select count(*) from QUARANTINE",
                "select (select count(*) from quarantine) from payment", "select payment_id from payment where exists (select 1 from problem)",
                "select payment_id from payment union all select cells from quarantine", "with q as (select cells from quarantine) select cells from q",
            ):  # fmt: skip
                refuse(session, sql, RuleForbiddenError)
            expect(session, "select count(*) from payment", [(0,)])


@promise("清单以外的函数一律拒绝。")
def other_functions_are_refused(make: MakeStore) -> None:
    """Functions outside the list are refused: what they give differs between engines, runs or days."""
    calls = (
        "random()", "rand()", "now()", "current_timestamp", "current_date", "localtime", "current_user", "session_user", "version()", "uuid()",
        "gen_random_uuid()", "pg_sleep(0)", "sleep(0)", "avg(amount_fen)", "round(amount_fen)", "total(amount_fen)", "group_concat(unit_code)",
        "string_agg(unit_code, ',')", "concat(unit_code, 'x')", "printf('%d', 1)", "format('%s', 1)", "date('now')", "strftime('%s', 'now')",
        "extract(year from now())", "getenv('HOME')", "repeat('a', 1000000000)", "zeroblob(1000000000)", "greatest(1, 2)", "iif(1 = 1, 1, 2)",
        "regexp_replace(unit_code, 'a', 'b')", "json_array(1)", "typeof(1)", "quote(unit_code)", "md5(unit_code)", "hash(unit_code)", "input_file_name()",
    )  # fmt: skip
    _refused(make, tuple(f"select {call} from payment" for call in calls), RuleError)  # noqa: S608


@promise("LIKE、GLOB 和正则不在可移植的写法之内。")
def patterns_are_refused(make: MakeStore) -> None:
    """Patterns are refused: engines read them differently."""
    words = ("like", "not like", "ilike", "glob", "similar to", "regexp", "rlike", "~")
    _refused(make, tuple(f"select 1 from payment where unit_code {word} 'u%'" for word in words), RuleError)  # noqa: S608


@promise("不能递归。")
def recursion_is_refused(make: MakeStore) -> None:
    """A recursive query is refused."""
    _refused(
        make, ("with recursive n(i) as (select 1 union all select i + 1 from n where i < 9) select i from n",)
    )


@promise("不存在的表、列和不成立的语法是规则的错误。")
def what_is_not_valid_is_an_error_of_the_rule(make: MakeStore) -> None:
    """What is not valid is an error of the rule: syntax, unknown relations and columns, a column left ungrouped."""
    _refused(
        make,
        ("selec 1", "select 1 +", "select 'a", "select (1", "select no_such_column from payment", "select payment_id from no_such_table",
         "select p.payment_id from payment q", "select \x00 from payment"),
        RuleError,
    )  # fmt: skip
