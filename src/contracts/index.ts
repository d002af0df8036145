export * from './digital-post';
export * from './geometry';
export * from './leak-report';
export * from './page-text';
export * from './person-status';
export * from './party-register';
export * from './records';
export * from './span';
