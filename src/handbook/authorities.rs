//! All authorities of a handbook, by slug.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::ops::Index;
use std::sync::Arc;

use super::{Authority, AuthoritySlug};

/// Authorities in the order of their slugs. Each is shared with whoever read it, so that one that
/// has not changed need not be read again.
#[derive(Clone, Debug, Default)]
pub struct Authorities(BTreeMap<AuthoritySlug, Arc<Authority>>);

impl Authorities {
    /// The authority with a slug, or `None` if there is none.
    pub fn get<Q: Ord + ?Sized>(&self, slug: &Q) -> Option<&Authority>
    where
        AuthoritySlug: Borrow<Q>,
    {
        self.0.get(slug).map(Arc::as_ref)
    }

    pub fn contains_key(&self, slug: &AuthoritySlug) -> bool {
        self.0.contains_key(slug)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn keys(&self) -> impl ExactSizeIterator<Item = &AuthoritySlug> + DoubleEndedIterator + Clone {
        self.0.keys()
    }

    pub fn values(&self) -> impl ExactSizeIterator<Item = &Authority> + DoubleEndedIterator + Clone {
        self.0.values().map(Arc::as_ref)
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&AuthoritySlug, &Authority)> + Clone {
        self.0.iter().map(|(slug, it)| (slug, it.as_ref()))
    }

    /// As [`Authorities::values`], to be altered; what is shared is copied first.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Authority> {
        self.0.values_mut().map(Arc::make_mut)
    }

    /// The authorities as they are shared: the same pointer is the same reading.
    pub fn shared(&self) -> impl ExactSizeIterator<Item = &Arc<Authority>> {
        self.0.values()
    }
}

impl FromIterator<Arc<Authority>> for Authorities {
    fn from_iter<I: IntoIterator<Item = Arc<Authority>>>(authorities: I) -> Self {
        Authorities(authorities.into_iter().map(|it| (it.slug.clone(), it)).collect())
    }
}

impl<Q: Ord + ?Sized> Index<&Q> for Authorities
where
    AuthoritySlug: Borrow<Q>,
{
    type Output = Authority;

    fn index(&self, slug: &Q) -> &Authority {
        &self.0[slug]
    }
}
