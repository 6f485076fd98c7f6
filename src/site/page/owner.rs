//! An authority wherever it is named as the one whose words stand there.

use crate::handbook::Authority;
use crate::site::Address;
use crate::site::press::Press;
use crate::site::theme::{Value, list, map};

/// Its names, its mark and the way to its page. `slug` is for scripts, which tell authorities
/// apart by it.
pub fn owner(press: &Press, here: &Address, authority: &Authority) -> Value {
    map([
        ("slug", authority.slug.as_str().into()),
        ("name", authority.name.as_str().into()),
        ("short_name", authority.short_name.as_str().into()),
        ("mark", mark(authority).into()),
        ("href", press.href(here, Address::authority(&authority.slug)).into()),
    ])
}

/// Authorities by their short names, with the ways to their pages, for the component `names`.
pub fn names<'h>(
    press: &Press,
    here: &Address,
    authorities: impl IntoIterator<Item = &'h Authority>,
) -> Value {
    list(authorities.into_iter().map(|it| name(press, here, it)))
}

/// One of [`names`].
pub fn name(press: &Press, here: &Address, authority: &Authority) -> Value {
    map([
        ("name", authority.short_name.as_str().into()),
        ("href", press.href(here, Address::authority(&authority.slug)).into()),
    ])
}

/// A few letters that the eye finds again: the authority's register code, else the initials of
/// its short name. It never stands alone, for others may bear the same letters.
fn mark(authority: &Authority) -> String {
    const LETTERS: usize = 3;
    match &authority.register_code {
        Some(code) => code.clone(),
        None => initials(&authority.short_name, LETTERS),
    }
}

/// `London Councils` is LC; words without a capital do not count. One word gives its first
/// letters: `Kent` is KEN.
fn initials(name: &str, most: usize) -> String {
    let words = name.split(|it: char| !it.is_alphanumeric());
    let capitals: String = words.filter_map(|it| it.chars().next()).filter(|it| it.is_uppercase()).collect();
    match capitals.chars().count() {
        0 | 1 => name.chars().filter(|it| it.is_alphanumeric()).take(most).collect::<String>().to_uppercase(),
        _ => capitals.chars().take(most).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_made_of_initials_or_first_letters() {
        for (name, expected) in [
            ("London Councils", "LC"),
            ("Kensington and Chelsea", "KC"),
            ("Kent", "KEN"),
            ("Bath and North East Somerset", "BNE"),
            ("Stoke-on-Trent", "ST"),
            ("King’s Lynn and West Norfolk", "KLW"),
            ("Ynys Môn", "YM"),
            ("Ely", "ELY"),
        ] {
            assert_eq!(initials(name, 3), expected, "{name}");
        }
    }
}
