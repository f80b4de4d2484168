//! Which full stops belong to an abbreviation or an initial and end no sentence.

/// What follows these belongs to them: a name, mostly.
const NEVER_LAST: &[&str] = &[
    "Mr", "Mrs", "Ms", "Mx", "Messrs", "Dr", "Drs", "Prof", "Gov", "Sen", "Sens", "Rep", "Reps",
    "Gen", "Lt", "Col", "Sgt", "Maj", "Capt", "Cmdr", "Cpl", "Pvt", "Adm", "Brig", "Supt", "Insp",
    "Det", "Rev", "Revd", "Hon", "Pres", "Atty", "Fr", "St", "Ste", "Mt", "Ft", "vs", "v", "viz",
    "cf", "approx", "Mme", "Mlle", "Sra", "Srta", "Hr", "Frl", "bzw", "ca", "Bd", "Abs",
];

/// These are abbreviations before a number, and words otherwise.
const BEFORE_NUMBER: &[&str] = &[
    "No", "no", "Nos", "nos", "Nr", "nr", "Fig", "fig", "Vol", "vol", "Art", "art", "Sec", "sec",
    "Ch", "ch", "pp", "p", "para", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept",
    "Oct", "Nov", "Dec", "Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun",
    "est", "Est", "tel", "Tel",
];

/// These may end a sentence or stand within one.
const SOMETIMES_LAST: &[&str] = &[
    "Inc", "Corp", "Co", "Cos", "Ltd", "Bros", "LLC", "Jr", "Sr", "Esq", "etc", "al", "Ave",
    "Blvd", "Rd", "Dept", "Univ", "Assn", "usw", "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn",
    "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Mass", "Md", "Mich", "Minn", "Miss",
    "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Penn", "Tenn", "Tex", "Va", "Vt", "Wash",
    "Wis", "Wyo",
];

/// Words that begin many sentences and follow few abbreviations within one.
const STARTERS: &[&str] = &[
    "A",
    "After",
    "Al",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Das",
    "Der",
    "Die",
    "Each",
    "El",
    "Er",
    "Es",
    "Even",
    "For",
    "From",
    "Have",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "Ich",
    "If",
    "In",
    "Is",
    "It",
    "Its",
    "Last",
    "Le",
    "Les",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "My",
    "No",
    "Not",
    "Now",
    "On",
    "One",
    "Or",
    "Other",
    "Our",
    "She",
    "Sie",
    "Since",
    "So",
    "Some",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Thus",
    "To",
    "Two",
    "Under",
    "Until",
    "Was",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "Wir",
    "With",
    "Would",
    "Yes",
    "Yet",
    "You",
    "Your",
];

const GERMAN_MONTHS: &[&str] = &[
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// Whether `sentence`, whose last character is a full stop, is over, given what follows it.
pub(super) fn ends_sentence(sentence: &str, rest: &str) -> bool {
    let token = last_token(sentence);
    let next = first_word(rest);
    if NEVER_LAST.contains(&token) {
        return false;
    }
    if BEFORE_NUMBER.contains(&token) {
        return !rest.starts_with(|c: char| c.is_numeric());
    }
    if is_short_number(token) {
        return !GERMAN_MONTHS.contains(&next);
    }
    let is_initial = token.chars().count() == 1 && token.chars().all(char::is_alphabetic);
    if is_initial || is_dotted(token) || SOMETIMES_LAST.contains(&token) {
        let begins = STARTERS.contains(&next) && !is_initial_at_start(rest, next);
        let speaks = rest.starts_with(['“', '"', '‘', '„', '«']);
        return begins || (speaks && !is_initial);
    }
    true
}

/// What stands before the last full stop, back to white space, a dash or an opening mark.
fn last_token(sentence: &str) -> &str {
    let words = sentence.strip_suffix('.').unwrap_or(sentence);
    words
        .rsplit(|c: char| !(c.is_alphanumeric() || c == '.'))
        .next()
        .unwrap_or_default()
}

fn first_word(rest: &str) -> &str {
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = rest.find(|c: char| !c.is_alphanumeric());
    &rest[..end.unwrap_or(rest.len())]
}

/// "U.S", "a.m", "Ph.D", "z.B".
fn is_dotted(token: &str) -> bool {
    token.contains('.')
        && token.split('.').all(|part| {
            (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)
        })
}

fn is_short_number(token: &str) -> bool {
    (1..=2).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_digit())
}

/// The second of two initials: the "A" of "J. A. Smith".
fn is_initial_at_start(rest: &str, word: &str) -> bool {
    word.chars().count() == 1
        && rest
            .strip_prefix(word)
            .is_some_and(|behind| behind.starts_with('.'))
}
