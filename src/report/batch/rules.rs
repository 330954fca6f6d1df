//! Every kind of fault of a scenario file: its code, its name, what to do.
//!
//! In: nothing. Out: [`FAULT_CODES`]. Not here: the single fault, which says what to write (`form`).

/// Code, title and help of every kind of fault, sorted by code.
pub const FAULT_CODES: &[(&str, &str, &str)] = &[
    (
        "axis",
        "An axis that cannot be",
        "An axis has a key of its own, at least one value, and one label for each value if it \
         has labels.",
    ),
    (
        "basis",
        "A net ROI with a decay",
        "A net ROI has its decay already in it. Write `roi_basis = \"gross\"`, or leave \
         `decay` away.",
    ),
    (
        "choice",
        "A word that is not among the choices",
        "The key takes one of a few words. The message lists them and names the nearest one.",
    ),
    (
        "class",
        "A market without a class of its own",
        "The assets of a market are of several classes. Say with `[[market]] class = …` which \
         defaults it takes.",
    ),
    (
        "copula",
        "A key that this copula does not have",
        "A Gaussian copula has no degrees of freedom; a t copula has `dof`.",
    ),
    (
        "correlation",
        "Correlations that cannot be",
        "A correlation lies between -1 and 1, every pair is told once or has a default, and \
         all of them together make a positive semidefinite matrix. `repair = \"nearest\"` \
         takes the nearest possible ones.",
    ),
    (
        "crash",
        "Agents that contradict themselves",
        "Two keys about agents exclude each other, or one needs another. The message says \
         which.",
    ),
    (
        "currency",
        "No currency symbol",
        "A currency is written with three to five capital letters, as in `currency = \
         \"USD\"`.",
    ),
    (
        "drop",
        "Something to drop that is not there",
        "`drop` names tables or keys that the base has, as in `drop = [\"asset.defi\"]`.",
    ),
    (
        "duplicate",
        "Something said twice",
        "Names are unique, and each key or pair is told once. Remove one of the two.",
    ),
    (
        "encoding",
        "Not UTF-8",
        "A scenario is a TOML file, and TOML is UTF-8. Save the file in that encoding.",
    ),
    (
        "exclude",
        "An exclusion that leaves out nothing, or everything",
        "A case is left out if all keys of one `[[exclude]]` hold for it. Each exclusion \
         leaves out some case, and some case is left.",
    ),
    (
        "expect",
        "An expectation about no case",
        "`where` holds for a case if all its keys do; the one at fault holds for none of \
         them.",
    ),
    (
        "extends",
        "A base that cannot be followed",
        "`extends` names a file in the folder of the one that names it or below; bases form \
         no circle.",
    ),
    (
        "file",
        "A file that cannot be read",
        "The file does not exist, may not be read, or is no file. The message says which.",
    ),
    (
        "id",
        "Two scenarios of one id",
        "The name of a file without its folder and ending is the id of its scenario, by \
         which a baseline knows it. Rename one of the files.",
    ),
    (
        "income",
        "Half of the noise of an income",
        "The noise of an income has two keys, which stand together.",
    ),
    (
        "jumps",
        "Jumps that do not fit",
        "The jumps vary more than the whole volatility, or no sampled path could hold their \
         growth. Make them smaller or the volatility larger.",
    ),
    (
        "law",
        "A law of the ROI that does not fit its keys",
        "A law of the yearly ROI needs a range, one number, or a most likely value. The \
         message says which.",
    ),
    (
        "limit",
        "A gate that nothing can decide",
        "No value that the figure can have lies on the other side of the limit, so every \
         run would give the same verdict. A share is written as a fraction or with a per \
         cent sign.",
    ),
    (
        "missing",
        "A key that is needed",
        "The key has no default. The message shows how it is written.",
    ),
    (
        "name",
        "A name that cannot be used",
        "A name has 1 to 64 letters from a to z, digits, `-` and `_`, and is no reserved \
         word.",
    ),
    (
        "not-in-version",
        "A word of a later version",
        "It is planned and this version does not simulate it. The message says what holds without.",
    ),
    (
        "number",
        "No number to count with",
        "Numbers are finite and fit into 64 bits.",
    ),
    (
        "percent",
        "Per cent or a fraction",
        "A bare number is a fraction: 0.22. A percentage is a text with its sign: \"22 %\".",
    ),
    (
        "range",
        "A value out of range",
        "The value is a number and lies outside what the key allows. The message says the \
         range.",
    ),
    (
        "set",
        "An assignment that cannot be carried out",
        "`--set` takes a key, an equals sign and a TOML value; arrays of tables are addressed \
         by name, as in `--set asset.defi.value=0`.",
    ),
    (
        "shares",
        "Shares that do not add up",
        "Shares of one whole add up to what the message says, which also shows their sum.",
    ),
    (
        "shock",
        "A prescribed fall that says too much",
        "A `[[shock]]` names a class or a market, not both.",
    ),
    (
        "size",
        "A file too long",
        "The file is longer than any scenario. The message says the limit.",
    ),
    (
        "syntax",
        "Not TOML",
        "The file does not follow the grammar of TOML. The message says where and what is \
         expected.",
    ),
    (
        "text",
        "A text that cannot be shown",
        "A title or another text is one line of at most 200 letters, without control characters \
         and without those that turn the direction of reading.",
    ),
    (
        "type",
        "Another kind of value",
        "The key takes another kind of value: a number, a text, a list or a table. The \
         message shows one.",
    ),
    (
        "unit",
        "A value without its unit, or with another",
        "Rates and times carry their unit in the text, as in \"12 %/year\" or \"6 months\".",
    ),
    (
        "unknown-asset",
        "An asset that is not there",
        "No asset has this name. The message lists those that there are.",
    ),
    (
        "unknown-axis",
        "An axis that is not there",
        "No axis has this name. The message lists those that there are.",
    ),
    (
        "unknown-class",
        "A class that is not in the catalog",
        "No class has this name. `tailwheel explain` lists them.",
    ),
    (
        "unknown-cluster",
        "A cluster that is not there",
        "No cluster of agents has this name. The message lists those that there are.",
    ),
    (
        "unknown-key",
        "A key that nobody reads",
        "Nothing is called so here. The message names the nearest key, or lists them.",
    ),
    (
        "unknown-market",
        "A market that is not there",
        "No market has this name. The message lists those that there are.",
    ),
    (
        "unknown-measure",
        "A measure that is not there",
        "No measure has this id. `tailwheel explain` lists them; `<name>` stands for the name \
         of an asset.",
    ),
    (
        "unknown-value",
        "A value that the axis has not",
        "The axis has no such value. The message lists those that it has.",
    ),
    (
        "variant",
        "A variant that an axis overrules",
        "Values of an axis are laid over what a variant says, so a key belongs to the one or \
         the other.",
    ),
];
