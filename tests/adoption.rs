//! From draft to adopted: the verbs, what a crash leaves of them, and random cycles on the content
//! of the repository.

mod adoption {
    pub mod ground;

    mod crashes;
    mod cycles;
    mod frozen;
    mod terminal;
    mod verbs;
}
