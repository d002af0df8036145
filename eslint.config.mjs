import { existsSync } from 'node:fs';
import tseslint from 'typescript-eslint';

/** Few rules, each for a mistake that hurts here; layout is Prettier's, structure is scripts/check-structure.mjs. */
export default tseslint.config(
  { ignores: ['dist/', '.local/', 'coverage/', 'node_modules/', '**/*.d.ts'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.test.json', './tsconfig.client.json'].filter((file) =>
          existsSync(new URL(file, import.meta.url)),
        ),
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      // A promise that nobody waits for loses its error, and with it a document or a delivery.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
      'no-debugger': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'prefer-const': 'error',
      'no-var': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='skip'][callee.object.name=/^(it|test|describe)$/]",
          message: 'A test is never skipped: make it pass or remove it.',
        },
        {
          selector: "CallExpression[callee.property.name='only'][callee.object.name=/^(it|test|describe)$/]",
          message: 'With .only the other tests of the file are not run.',
        },
      ],
    },
  },
  {
    files: ['scripts/**/*.mjs', '*.mjs', '*.js'],
    rules: { eqeqeq: ['error', 'always'], 'prefer-const': 'error', 'no-var': 'error', 'no-unused-vars': 'error' },
  },
);
